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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.tools.DiagnosticCollector;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Makes every floating-point coefficient of a source file wrong by one per cent, one at a time, and runs the tests that see the
 * class until one fails. A coefficient is a literal, a term of a sum, what is assigned, passed or returned: every floating-point
 * expression whose value stands for a number of the formula. Prints the survivors.
 *
 * <p>Arguments: the folders of the module's classes and of its tests, the names of test classes separated by commas, then source
 * files. Everything else the tests need is on the class path of this program, so that it is loaded, and compiled to machine code,
 * once; the module's classes are loaded anew for every change. Which tests see a class is found by a run of each without a
 * change. Ends with status 0; survivors are for people to judge.
 */
final class Coefficients {
    private static final String WRONG = "1.01 * ";
    /** How much longer than unharmed code may tests of changed code take before it is taken to run for ever. */
    private static final int LONGER = 5;

    private static final long LONGEST_SECONDS = 600;
    private static final int KILLERS = 6;

    /** An expression of the source, by its place. */
    private record Site(int from, int to, long line, String text) {}

    /** The test methods of one test class, what they load of the module, and how long they take. */
    private record Group(List<String> methods, Set<String> loads, double seconds) {}

    private final List<Path> module = new ArrayList<>();
    private final StandardJavaFileManager files =
            ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, Locale.ROOT, null);
    private final Path source;
    private final Path changed;
    private final List<Group> groups = new ArrayList<>();
    private int caught;
    private final List<String> survivors = new ArrayList<>();
    private final List<String> invalid = new ArrayList<>();

    private Coefficients(String module) throws IOException {
        for (String folder : module.split(File.pathSeparator)) {
            this.module.add(Path.of(folder));
        }
        source = Files.createTempDirectory("coefficients");
        changed = Files.createDirectory(source.resolve("classes"));
    }

    public static void main(String... args) throws Exception {
        Coefficients run = new Coefficients(args[0]);
        run.group(List.of(args[1].split(",")));
        for (int i = 2; i < args.length; i++) {
            run.change(Path.of(args[i]));
        }
        System.out.printf(
                "%d coefficients changed by 1 %%: %d caught, %d survived%n",
                run.caught + run.survivors.size(), run.caught, run.survivors.size());
        run.invalid.forEach(place -> System.out.println("does not compile when changed: " + place));
        empty(run.source);
        System.exit(0);
    }

    /** Runs each test class by itself, the classes nested in it apart. */
    private void group(List<String> tests) throws Exception {
        Map<String, List<String>> methods = new LinkedHashMap<>();
        try (ModuleLoader loader = loader()) {
            List<DiscoverySelector> selectors = new ArrayList<>();
            for (String test : tests) {
                selectors.add(DiscoverySelectors.selectClass(loader.loadClass(test)));
            }
            Thread.currentThread().setContextClassLoader(loader);
            TestPlan plan = LauncherFactory.create()
                    .discover(LauncherDiscoveryRequestBuilder.request().selectors(selectors).build());
            plan.accept(new TestPlan.Visitor() {
                @Override
                public void visit(TestIdentifier test) {
                    if (test.getSource().orElse(null) instanceof MethodSource) {
                        methods.computeIfAbsent(test.getParentId().orElseThrow(), id -> new ArrayList<>())
                                .add(test.getUniqueId());
                    }
                }
            });
        }
        for (List<String> group : methods.values()) {
            try (ModuleLoader loader = loader()) {
                long start = System.nanoTime();
                String failure = fails(group, loader, LONGEST_SECONDS);
                if (failure != null) {
                    throw new IllegalStateException("tests must pass before anything is changed: " + failure);
                }
                groups.add(new Group(group, loader.loaded, (System.nanoTime() - start) / 1e9));
            }
        }
        groups.sort(Comparator.comparingDouble(Group::seconds));
    }

    private void change(Path source) throws Exception {
        String text = Files.readString(source);
        String name = source.getFileName().toString().replace(".java", "");
        long start = System.nanoTime();
        int before = caught;
        int survived = survivors.size();
        List<Group> seeing = groups.stream()
                .filter(group -> group.loads.stream().anyMatch(loaded -> loaded.endsWith("." + name)))
                .toList();
        List<String> killers = new ArrayList<>();
        for (Site site : sites(source)) {
            String wrong = text.substring(0, site.from) + WRONG + "(" + text.substring(site.from, site.to) + ")"
                    + text.substring(site.to);
            empty(changed);
            if (!compiles(source.getFileName().toString(), wrong)) {
                invalid.add(source + ":" + site.line);
            } else if (caught(seeing, killers)) {
                caught++;
            } else {
                survivors.add(name);
                System.out.println("  " + name + ":" + site.line + "  " + site.text);
            }
        }
        empty(changed);
        System.out.printf(
                Locale.ROOT,
                "%-24s %3d caught, %2d survived (%d test classes, %.0f s)%n",
                name,
                caught - before,
                survivors.size() - survived,
                seeing.size(),
                (System.nanoTime() - start) / 1e9);
    }

    /** The methods that saw the last changes come first, then the fastest class. */
    private boolean caught(List<Group> seeing, List<String> killers) throws Exception {
        List<Group> order = new ArrayList<>();
        if (!killers.isEmpty()) {
            order.add(new Group(List.copyOf(killers), Set.of(), 10));
        }
        order.addAll(seeing);
        try (ModuleLoader loader = loader()) {
            for (Group group : order) {
                String killer = fails(group.methods, loader, 10 + Math.round(LONGER * group.seconds));
                if (killer != null) {
                    killers.remove(killer);
                    killers.add(0, killer);
                    killers.subList(Math.min(KILLERS, killers.size()), killers.size()).clear();
                    return true;
                }
            }
        }
        return false;
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
        List<String> paths = new ArrayList<>();
        module.forEach(folder -> paths.add(folder.toString()));
        paths.add(System.getProperty("java.class.path"));
        return List.of("-proc:none", "-nowarn", "-d", changed.toString(), "-cp", String.join(File.pathSeparator, paths));
    }

    private boolean compiles(String name, String text) throws IOException {
        Path file = source.resolve(name);
        Files.writeString(file, text);
        return ToolProvider.getSystemJavaCompiler()
                .getTask(null, files, new DiagnosticCollector<>(), options(), null, files.getJavaFileObjects(file))
                .call();
    }

    private List<Site> sites(Path source) throws IOException {
        TreeMap<Long, Site> sites = new TreeMap<>();
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null, files, new DiagnosticCollector<>(), options(), null, files.getJavaFileObjects(source));
        CompilationUnitTree unit = task.parse().iterator().next();
        task.analyze();
        new Finder(Trees.instance(task), unit, Files.readString(source), sites).scan(new TreePath(unit), null);
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
            if (isDouble(path)) {
                add(tree);
            }
        }

        /** A number in a sum of doubles, 1 + t among them. */
        private void term(Tree tree) {
            TypeMirror type = trees.getTypeMirror(new TreePath(getCurrentPath(), tree));
            if (type != null && type.getKind().isPrimitive()) {
                add(tree);
            }
        }

        private boolean isDouble(TreePath path) {
            TypeMirror type = trees.getTypeMirror(path);
            return type != null && type.getKind() == TypeKind.DOUBLE;
        }

        private void add(Tree tree) {
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
            // Numbers that a text is put together from are in no formula.
            if ((sum.getKind() == Tree.Kind.PLUS || sum.getKind() == Tree.Kind.MINUS) && isDouble(getCurrentPath())) {
                term(sum.getLeftOperand());
                term(sum.getRightOperand());
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
            if (variable.getInitializer() != null && isDouble(getCurrentPath())) {
                term(variable.getInitializer());
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

    private ModuleLoader loader() throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(changed.toUri().toURL());
        for (Path folder : module) {
            urls.add(folder.toUri().toURL());
        }
        return new ModuleLoader(urls.toArray(URL[]::new));
    }

    /** Loads the module; notes what. */
    private static final class ModuleLoader extends URLClassLoader {
        private final Set<String> loaded = ConcurrentHashMap.newKeySet();

        ModuleLoader(URL[] urls) {
            super(urls, Coefficients.class.getClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            Class<?> found = super.findClass(name);
            loaded.add(name);
            return found;
        }
    }

    /** {@return the unique identifier of the first test method that fails, or null} */
    @SuppressWarnings("deprecation")
    private static String fails(List<String> methods, ClassLoader loader, long seconds) throws Exception {
        FutureTask<String> run = new FutureTask<>(() -> firstFailure(methods, loader));
        Thread thread = new Thread(run, "tests");
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
        try {
            return run.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException endless) {
            thread.stop(); // a loop without end asks for no interruption and would take a core from the rest
            return methods.get(0);
        }
    }

    private static String firstFailure(List<String> methods, ClassLoader loader) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(methods.stream().map(DiscoverySelectors::selectUniqueId).toList())
                .build();
        AtomicReference<String> failure = new AtomicReference<>();
        CancellationToken token = CancellationToken.create();
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                    String id = test.getUniqueId();
                    String method = methods.stream().filter(id::startsWith).findFirst().orElse(methods.get(0));
                    failure.compareAndSet(null, method);
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
