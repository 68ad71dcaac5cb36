package io.github.nmf4j.data;

import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Plugins;
import io.github.nmf4j.core.StopReason;
import io.github.nmf4j.core.StoppingRule;
import io.github.nmf4j.core.Trace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A model as {@code nmf fit --out DIR} writes it: {@code model.json} beside {@code W.npy}, {@code H.npy} and {@code trace.csv}.
 *
 * <pre>{@code
 * NmfModel model = NmfModel.load(Path.of("result"));
 * Matrix w = model.transform(newRows);              // H held
 * Factorization more = model.toContinue().build().fit(x);
 * }</pre>
 *
 * <p>X is {@link #rows} × {@link #columns}; factors are in the scale of X. The format is described in {@code docs/model.md}.
 * Immutable; factors and dictionary are read from their files each time they are asked for.
 */
public final class NmfModel {
    /** The version of the format that is written and read. */
    public static final int FORMAT = 1;

    private static final String TRACE = "trace.csv";

    private final Path folder;
    private final ModelFile file;
    private final Terms terms;
    private final Function<Path, Matrix> files;

    private NmfModel(Path folder, Plugins plugins, Function<Path, Matrix> files) {
        this.folder = folder;
        this.files = files;
        this.file = ModelFile.in(folder);
        this.terms = Terms.fromJson(file.json(), plugins, text -> files.apply(Path.of(text)));
    }

    /**
     * {@return the model in a folder}
     *
     * @param folder what {@code nmf fit --out}, {@code nmf transform --out} or {@code nmf unmix --out} wrote
     * @throws InvalidInputException if there is none, it is damaged or of another format, or an extension or file that it names
     *     cannot be found; the message says which
     */
    public static NmfModel load(Path folder) {
        return load(folder, Plugins.load(), path -> MatrixFiles.read(path).matrix());
    }

    /**
     * {@return the model in a folder}
     *
     * @param folder as for {@link #load(Path)}
     * @param plugins where losses, penalties and constraints are looked for
     * @param files reads the matrices that the model names
     * @throws InvalidInputException as {@link #load(Path)}
     */
    public static NmfModel load(Path folder, Plugins plugins, Function<Path, Matrix> files) {
        return new NmfModel(folder, plugins, files);
    }

    /** {@return where it was loaded from} */
    public Path folder() {
        return folder;
    }

    /** {@return the number of components} */
    public int rank() {
        return file.json().get("rank").asInt();
    }

    /** {@return rows of X, n} */
    public int rows() {
        return file.json().get("shape").get(0).asInt();
    }

    /** {@return columns of X, p} */
    public int columns() {
        return file.json().get("shape").get(1).asInt();
    }

    /** {@return what was minimised, and over what} */
    public Terms terms() {
        return terms;
    }

    /** {@return the file of X, if it came from one} */
    public Optional<Path> data() {
        return path("data");
    }

    /** {@return the file of the dictionary G, if there is one} */
    public Optional<Path> dictionary() {
        return path("dictionary");
    }

    private Optional<Path> path(String name) {
        return file.json().get(name).isNull()
                ? Optional.empty()
                : Optional.of(Path.of(file.json().get(name).asString()));
    }

    /** {@return what X was multiplied by while fitting; 1 unless normalised} */
    public double scale() {
        return file.json().get("scale").asDouble();
    }

    /** {@return the seed of the run} */
    public long seed() {
        return file.json().get("seed").asLong();
    }

    /** {@return the objective at the end, in the scale that was fitted} */
    public double objective() {
        return file.json().get("objective").asDouble();
    }

    /** {@return how many iterations were done} */
    public int iterations() {
        return file.json().get("iterations").asInt();
    }

    /** {@return why the run ended, as {@link io.github.nmf4j.core.StopReason#label} has it} */
    public String stop() {
        return file.json().get("stop").asString();
    }

    /** {@return the linear algebra that was used} */
    public String backend() {
        return file.json().get("backend").asString();
    }

    /** {@return what found the factors: {@code fit}, {@code transform} or {@code unmix}} */
    public String method() {
        return file.json().path("method").asString("fit");
    }

    /** {@return whether components were put in order and balanced at the end, as far as the terms allow} */
    public boolean arranged() {
        return file.json().path("arranged").asBoolean(true);
    }

    /** {@return how the run went: options of the command by name without dashes, as they would be written} */
    public Map<String, String> options() {
        return Collections.unmodifiableMap(file.texts("options"));
    }

    /** {@return all of model.json as JSON, with the entries that have no method here} */
    public String json() {
        return file.json().toString();
    }

    /** {@return W: n × k, or m × k with a dictionary} */
    public Matrix w() {
        return factor(Factor.W);
    }

    /** {@return H: k × p} */
    public Matrix h() {
        return factor(Factor.H);
    }

    /**
     * {@return a factor, read from its file}
     *
     * @param factor which
     * @throws InvalidInputException if the file is missing, damaged, or has not the rank of the model
     */
    public Matrix factor(Factor factor) {
        Path path = pathOf(factor);
        Matrix values = files.apply(path);
        int found = factor == Factor.W ? values.columns() : values.rows();
        boolean longEnough = factor == Factor.H
                ? values.columns() == columns()
                : dictionary().isPresent() || values.rows() == rows();
        if (found != rank() || !longEnough) {
            String vectors = factor == Factor.H
                    ? String.valueOf(columns())
                    : dictionary().isPresent() ? "atoms" : String.valueOf(rows());
            throw new InvalidInputException(path + " must be "
                    + (factor == Factor.W ? vectors + " x " + rank() : rank() + " x " + vectors)
                    + " as model.json says: it is " + values.rows() + " x " + values.columns());
        }
        return values;
    }

    /** {@return the objective by iteration} */
    public Trace trace() {
        return TraceFile.read(folder.resolve(TRACE));
    }

    /**
     * {@return a builder that goes on where the run stopped: terms, scale, seed, dictionary and both factors are set, solver,
     * acceleration and stopping rule are not}
     *
     * <p>Iterations that carry no state, those of {@code mm} without acceleration, then give what one longer run would have
     * given: bit for bit from a start that was given, in the scale of X and on the same backend; otherwise to rounding, because
     * factors are written in the scale of X and balanced. Accelerations lose their momentum and adaptive steps begin anew.
     */
    public Nmf.Builder toContinue() {
        Nmf.Builder builder = prepared(terms).startW(w()).startH(h()).seed(seed());
        if (arranged()) {
            builder.arrangeComponents();
        }
        dictionary().ifPresent(g -> builder.dictionary(files.apply(g)));
        return builder;
    }

    /**
     * {@return a builder that finds one factor for other data while the other one is held: terms, scale, the held factor and a random
     * start are set, the dictionary is not}
     *
     * <p>Penalties and constraints of the held factor stay, so that the objective is the one of the fit.
     *
     * @param found W for new rows, H for new columns
     * @param used {@link #terms}, or those of them that fit the new data, see {@link Terms#fitting}
     */
    public Nmf.Builder toFind(Factor found, Terms used) {
        Nmf.Builder builder = prepared(used).hold(found.other()).start("random");
        Matrix held = factor(found.other());
        return found == Factor.W ? builder.startH(held) : builder.startW(held);
    }

    /**
     * {@return one factor for data while the other one is held, from a random start, or from the model's own factor where that is as
     * good an answer}
     *
     * <p>The own factor is looked at if it has as many vectors as are to be found, which costs about an iteration. Where it could
     * gain no more than the tolerance, the run goes on from it; so does a second run where the first one ends above it. For the
     * data of the fit the objective then is not above the fit's, to rounding.
     *
     * @param found W for new rows, H for new columns
     * @param vectors of it: rows or columns of x, or columns of the dictionary
     * @param x the data
     * @param tolerance of {@link StoppingRule#gapBelow}
     * @param begun gives what {@link #toFind} begins, all of it set but the stopping rule; asked once a run
     * @param run sets the stopping rule of a builder, if another one than its own is wanted, and fits x
     */
    public Factorization find(
            Factor found,
            int vectors,
            Matrix x,
            double tolerance,
            Supplier<Nmf.Builder> begun,
            Function<Nmf.Builder, Factorization> run) {
        Optional<Matrix> own = own(found, vectors);
        if (own.isEmpty()) {
            return run.apply(begun.get());
        }
        Supplier<Nmf.Builder> fromOwn = () ->
                found == Factor.W ? begun.get().startW(own.get()) : begun.get().startH(own.get());
        Factorization asItIs =
                fromOwn.get().stopWhen(StoppingRule.afterIterations(0)).build().fit(x);
        if (asItIs.optimality().filter(at -> at.relative() <= tolerance).isPresent()) {
            return run.apply(fromOwn.get());
        }
        // Not from the own factor at once: for other data its zeros may be far from where they belong.
        Factorization anew = run.apply(begun.get());
        return anew.objective() <= asItIs.objective() || anew.stop() == StopReason.CANCELLED
                ? anew
                : run.apply(fromOwn.get());
    }

    /** {@return the factor of the fit, if it is there and has so many vectors} */
    private Optional<Matrix> own(Factor found, int vectors) {
        if (!Files.isRegularFile(pathOf(found))) {
            return Optional.empty();
        }
        return Optional.of(factor(found)).filter(own -> (found == Factor.W ? own.rows() : own.columns()) == vectors);
    }

    private Path pathOf(Factor factor) {
        return folder.resolve(factor + ".npy");
    }

    private Nmf.Builder prepared(Terms used) {
        Nmf.Builder builder = Nmf.builder().rank(rank());
        used.applyTo(builder);
        if (scale() != 1) {
            builder.scaledBy(scale());
        }
        return builder;
    }

    /**
     * {@return W for new rows with H held}
     *
     * @param rows new rows, as many columns as X had
     * @throws InvalidInputException as a fit; if a term of W is made for another number of rows
     */
    public Matrix transform(Matrix rows) {
        Optional<Matrix> g = dictionary().map(files);
        Supplier<Nmf.Builder> begun = () -> {
            Nmf.Builder builder = toFind(Factor.W, terms);
            g.ifPresent(builder::dictionary);
            return builder;
        };
        int vectors = g.map(Matrix::columns).orElse(rows.rows());
        return find(
                        Factor.W,
                        vectors,
                        rows,
                        Nmf.TOLERANCE,
                        begun,
                        builder -> builder.build().fit(rows))
                .w();
    }
}
