import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Makes every floating-point coefficient of a source file wrong by one per cent, one at a time, and runs the tests that should see
 * it. A coefficient is a literal, a term of a sum, an operand of a comparison's sum, what is assigned, passed or returned: every
 * floating-point expression whose value stands for a number of the formula. Prints the survivors.
 *
 * <p>Arguments: the class path of the module's tests, the folder of its test classes, then pairs of a source file and the test
 * classes for it, separated by commas. Ends with status 0; survivors are for people to judge.
 */
final class Coefficients {
    private static final String WRONG = "1.01 * ";
    /** How much longer than unharmed code may tests of changed code take before it is taken to run for ever. */
    private static final int LONGER = 5;

    private static final long LONGEST_SECONDS = 600;

    /** An expression of the source, by its place. */
    private record Site(int from, int to, long line, String text) {}

    private final List<Path> classPath = new ArrayList<>();
    private final Path source;
    private final Path changed;
    private int caught;
    private final List<String> survivors = new ArrayList<>();
    private final List<String> invalid = new ArrayList<>();

    private Coefficients(String classPath) throws IOException {
        for (String entry : classPath.split(File.pathSeparator)) {
            this.classPath.add(Path.of(entry));
        }
        source = Files.createTempDirectory("coefficients");
        changed = Files.createDirectory(source.resolve("classes"));
    }

    public static void main(String... args) throws Exception {
        Coefficients run = new Coefficients(args[0]);
        for (int i = 1; i + 1 < args.length; i += 2) {
            run.change(Path.of(args[i]), List.of(args[i + 1].split(",")));
        }
        System.out.printf(
                "%d coefficients changed by 1 %%: %d caught, %d survived%n",
                run.caught + run.survivors.size(), run.caught, run.survivors.size());
        run.survivors.forEach(System.out::println);
        run.invalid.forEach(place -> System.out.println("does not compile when changed: " + place));
        empty(run.source);
        System.exit(0);
    }

    private void change(Path source, List<String> tests) throws Exception {
        String text = Files.readString(source);
        long start = System.nanoTime();
        String unharmed = fails(tests, LONGEST_SECONDS);
        long limit = 10 + LONGER * TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        if (unharmed != null) {
            throw new IllegalStateException("tests must pass before anything is changed: " + unharmed);
        }
        int before = caught;
        int survived = survivors.size();
        for (Site site : sites(source)) {
            String wrong = text.substring(0, site.from) + WRONG + "(" + text.substring(site.from, site.to) + ")"
                    + text.substring(site.to);
            empty(changed);
            if (!compiles(source.getFileName().toString(), wrong)) {
                invalid.add(source + ":" + site.line);
                continue;
            }
            if (fails(tests, limit) == null) {
                survivors.add(source.getFileName() + ":" + site.line + "  " + site.text);
            } else {
                caught++;
            }
        }
        empty(changed);
        System.out.printf(
                "%-28s %3d caught, %2d survived%n",
                source.getFileName(), caught - before, survivors.size() - survived);
    }

    private static void empty(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder)) {
                    Files.delete(file);
                }
            }
        }
    }

    private List<String> options() {
        List<String> paths = classPath.stream().map(Path::toString).toList();
        return List.of("-proc:none", "-nowarn", "-d", changed.toString(), "-cp", String.join(File.pathSeparator, paths));
    }

    private boolean compiles(String name, String text) throws IOException {
        Path file = source.resolve(name);
        Files.writeString(file, text);
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            return compiler.getTask(null, files, new DiagnosticCollector<>(), options(), null, files.getJavaFileObjects(file))
                    .call();
        }
    }

    private List<Site> sites(Path source) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        TreeMap<Long, Site> sites = new TreeMap<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjects(source);
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, new DiagnosticCollector<>(), options(), null, units);
            CompilationUnitTree unit = task.parse().iterator().next();
            task.analyze();
            new Finder(Trees.instance(task), unit, Files.readString(source), sites).scan(new TreePath(unit), null);
        }
        return List.copyOf(sites.values());
    }

    /** Where a number of a formula stands. */
    private static final class Finder extends TreePathScanner<Void, Void> {
        private final Trees trees;
        private final CompilationUnitTree unit;
        private final String text;
        private final TreeMap<Long, Site> sites;

        Finder(Trees trees, CompilationUnitTree unit, String text, TreeMap<Long, Site> sites) {
            this.trees = trees;
            this.unit = unit;
            this.text = text;
            this.sites = sites;
        }

        private void site(Tree tree) {
            if (tree == null || tree instanceof LambdaExpressionTree) {
                return;
            }
            TreePath path = new TreePath(getCurrentPath(), tree);
            TypeMirror type = trees.getTypeMirror(path);
            if (type == null || type.getKind() != TypeKind.DOUBLE) {
                return;
            }
            int from = (int) trees.getSourcePositions().getStartPosition(unit, tree);
            int to = (int) trees.getSourcePositions().getEndPosition(unit, tree);
            String expression = text.substring(from, to);
            // One per cent of nothing, of infinity and of no number is what it was.
            if (from >= 0 && !expression.matches("0|0\\.0|Double\\.\\w+|-Double\\.\\w+|[A-Z_]+")) {
                long key = ((long) from << 32) | to;
                sites.putIfAbsent(
                        key, new Site(from, to, unit.getLineMap().getLineNumber(from), shown(expression)));
            }
        }

        private static String shown(Object tree) {
            String line = tree.toString().replaceAll("\\s+", " ");
            return line.length() > 90 ? line.substring(0, 90) + " ..." : line;
        }

        @Override
        public Void visitLambdaExpression(LambdaExpressionTree lambda, Void none) {
            if (lambda.getBodyKind() == LambdaExpressionTree.BodyKind.EXPRESSION) {
                site(lambda.getBody());
            }
            return super.visitLambdaExpression(lambda, none);
        }

        @Override
        public Void visitLiteral(LiteralTree literal, Void none) {
            if (literal.getValue() instanceof Double) {
                TreePath path = getCurrentPath();
                int from = (int) trees.getSourcePositions().getStartPosition(unit, literal);
                int to = (int) trees.getSourcePositions().getEndPosition(unit, literal);
                if ((Double) literal.getValue() != 0) {
                    sites.putIfAbsent(
                            ((long) from << 32) | to,
                            new Site(from, to, unit.getLineMap().getLineNumber(from), shown(path.getParentPath().getLeaf())));
                }
            }
            return null;
        }

        @Override
        public Void visitBinary(BinaryTree sum, Void none) {
            if (sum.getKind() == Tree.Kind.PLUS || sum.getKind() == Tree.Kind.MINUS) {
                site(sum.getLeftOperand());
                site(sum.getRightOperand());
            }
            return super.visitBinary(sum, none);
        }

        @Override
        public Void visitAssignment(AssignmentTree assignment, Void none) {
            site(assignment.getExpression());
            return super.visitAssignment(assignment, none);
        }

        @Override
        public Void visitCompoundAssignment(CompoundAssignmentTree assignment, Void none) {
            site(assignment.getExpression());
            return super.visitCompoundAssignment(assignment, none);
        }

        @Override
        public Void visitVariable(VariableTree variable, Void none) {
            if (variable.getInitializer() != null) {
                site(variable.getInitializer());
            }
            return super.visitVariable(variable, none);
        }

        @Override
        public Void visitReturn(ReturnTree result, Void none) {
            site(result.getExpression());
            return super.visitReturn(result, none);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
            call.getArguments().forEach(this::site);
            return super.visitMethodInvocation(call, none);
        }
    }

    /** {@return the first test that fails, or null} */
    private String fails(List<String> tests, long seconds) throws Exception {
        List<URL> urls = new ArrayList<>();
        urls.add(changed.toUri().toURL());
        for (Path entry : classPath) {
            if (!entry.toString().contains(File.separator + "org" + File.separator + "junit" + File.separator)) {
                urls.add(entry.toUri().toURL());
            }
        }
        try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), Coefficients.class.getClassLoader())) {
            FutureTask<String> run = new FutureTask<>(() -> firstFailure(tests, loader));
            Thread thread = new Thread(run, "tests");
            thread.setDaemon(true);
            thread.start();
            try {
                return run.get(seconds, TimeUnit.SECONDS);
            } catch (TimeoutException endless) {
                return "no end within " + seconds + " s";
            } catch (ExecutionException e) {
                return e.getCause().toString();
            }
        }
    }

    private static String firstFailure(List<String> tests, ClassLoader loader) throws ClassNotFoundException {
        Thread.currentThread().setContextClassLoader(loader);
        LauncherDiscoveryRequestBuilder builder = LauncherDiscoveryRequestBuilder.request();
        for (String test : tests) {
            builder.selectors(DiscoverySelectors.selectClass(loader.loadClass(test)));
        }
        LauncherDiscoveryRequest request = builder.build();
        AtomicReference<String> failure = new AtomicReference<>();
        CancellationToken token = CancellationToken.create();
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                    failure.compareAndSet(
                            null, test.getDisplayName() + ": " + result.getThrowable().orElse(null));
                    token.cancel();
                }
            }
        };
        LauncherFactory.create()
                .execute(LauncherExecutionRequestBuilder.request(request)
                        .listeners(listener)
                        .cancellationToken(token)
                        .build());
        return failure.get();
    }
}
