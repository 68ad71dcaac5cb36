package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.Availability;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.FactorView;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.api.Surrogate;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found beside the built-in extensions, by names in files of services that only one class loader sees. */
class PluginsTest {
    @TempDir
    Path folder;

    private ClassLoader before;

    @BeforeEach
    void remember() {
        before = Thread.currentThread().getContextClassLoader();
    }

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
        System.clearProperty(BackendChoice.PROPERTY);
    }

    private ClassLoader with(Class<?> service, Class<?>... providers) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.write(
                services.resolve(service.getName()),
                List.of(providers).stream().map(Class::getName).toList());
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, PluginsTest.class.getClassLoader());
    }

    /** A loss that is all right. */
    public static class Plain implements Loss {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public double growth() {
            return 1;
        }

        @Override
        public double decay() {
            return 0;
        }

        @Override
        public void split(int n, double[] x, double[] y, double[] negative, double[] positive, Elementary math) {
            System.arraycopy(x, 0, negative, 0, n);
            System.arraycopy(y, 0, positive, 0, n);
        }

        @Override
        public void value(int n, double[] x, double[] y, double[] into, Elementary math) {
            for (int i = 0; i < n; i++) {
                into[i] = 0.5 * (x[i] - y[i]) * (x[i] - y[i]);
            }
        }
    }

    /** Takes the short name of a built-in loss. */
    public static final class Short extends Plain {
        @Override
        public String name() {
            return "kl";
        }
    }

    /** Cannot be made. */
    public static final class Unmade extends Plain {
        /** Fails. */
        public Unmade() {
            throw new IllegalStateException("no licence");
        }
    }

    /** Cannot be initialized. */
    public static final class Uninitialized extends Plain {
        static final int LENGTH = Integer.parseInt("no number");
    }

    /** Has no name. */
    public static final class Nameless extends Plain {
        @Override
        public String name() {
            return null;
        }
    }

    /** Cannot say what can be set. */
    public static final class Speechless extends Plain {
        @Override
        public List<Parameter> parameters() {
            throw new UnsupportedOperationException("parameters");
        }
    }

    @Test
    void aBrokenProviderIsReportedAndTheOthersAreThere() throws IOException {
        Plugins plugins = Plugins.load(
                with(Loss.class, Unmade.class, Uninitialized.class, Nameless.class, Speechless.class, Plain.class));
        assertThat(plugins.broken())
                .hasSize(4)
                .allMatch(line -> line.startsWith("Loss: "))
                .anyMatch(line -> line.contains("Unmade") && line.contains("no licence"))
                .anyMatch(line -> line.contains("Uninitialized") || line.contains("no number"))
                .anyMatch(line -> line.contains("Nameless"))
                .anyMatch(line -> line.contains("parameters"));
        assertThat(plugins.find(Loss.class, "plain")).isInstanceOf(Plain.class);
        assertThat(plugins.find(Loss.class, "kl")).isInstanceOf(KullbackLeibler.class);
    }

    /** A backend whose native half is missing. */
    public static final class Unlinked implements LinearAlgebraBackend {
        @Override
        public String name() {
            return "unlinked";
        }

        @Override
        public Availability availability() {
            throw new UnsatisfiedLinkError("libunlinked.so");
        }

        @Override
        public int priority() {
            return Integer.MAX_VALUE;
        }

        @Override
        public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
            throw new UnsatisfiedLinkError("libunlinked.so");
        }
    }

    @Test
    void aBackendThatCannotEvenSayIsPassedOver() throws IOException {
        Plugins plugins = Plugins.load(with(LinearAlgebraBackend.class, Unlinked.class));
        assertThat(plugins.broken()).singleElement().asString().contains("libunlinked.so");
        assertThat(plugins.backend().name()).isNotEqualTo("unlinked");
    }

    /** Shares its name with the penalty of the box. */
    public static final class Twin implements Regularizer {
        @Override
        public String name() {
            return "l1";
        }

        @Override
        public Reads reads() {
            return Reads.ENTRY;
        }

        @Override
        public boolean convex() {
            return true;
        }

        @Override
        public Term at(FactorView now) {
            return new Term() {
                @Override
                public void value(Surrogate block, double[] shares) {}

                @Override
                public void majorize(Surrogate block) {}
            };
        }
    }

    @Test
    void twoOfOneNameAreRefusedWhenItIsAskedFor() throws IOException {
        Plugins plugins = Plugins.load(with(Regularizer.class, Twin.class));
        assertThatThrownBy(() -> plugins.find(Regularizer.class, "l1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("two Regularizers are named 'l1': ")
                .hasMessageContaining(Twin.class.getName())
                .hasMessageContaining("io.github.nmf4j.regularizers.L1");
        assertThat(plugins.find(Regularizer.class, "ridge").name()).isEqualTo("ridge");
    }

    @Test
    void theShortNameOfABuiltInLossIsTaken() throws IOException {
        Plugins plugins = Plugins.load(with(Loss.class, Short.class));
        assertThatThrownBy(() -> plugins.find(Loss.class, "kl"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("two Losses are named 'kl': " + Short.class.getName());
        assertThat(plugins.find(Loss.class, "kullback-leibler")).isInstanceOf(KullbackLeibler.class);
    }

    /** In a container the context class loader sees the plug-ins, or sees nothing of the application. */
    @Test
    void theContextClassLoaderAndThatOfTheApiAreAsked() throws IOException {
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
        List<String> builtIn = names(Plugins.load());
        assertThat(builtIn).contains("kullback-leibler").doesNotContain("plain");

        Thread.currentThread().setContextClassLoader(with(Loss.class, Plain.class));
        assertThat(names(Plugins.load())).contains("plain").containsAll(builtIn).doesNotHaveDuplicates();

        Thread.currentThread().setContextClassLoader(null);
        assertThat(names(Plugins.load())).isEqualTo(builtIn);
    }

    private static List<String> names(Plugins plugins) {
        return plugins.all(Loss.class).stream().map(loss -> loss.name()).toList();
    }

    @Test
    void aChosenBackendBeatsAConfiguredOneAndThatBeatsPriority() {
        System.setProperty(BackendChoice.PROPERTY, "ejml");
        DenseMatrix x = DenseMatrix.wrap(2, 2, 1, 2, 3, 4);
        Nmf.Builder builder = Nmf.builder().rank(1).stopWhen(StoppingRule.afterIterations(1));
        assertThat(builder.build().fit(x).backend()).isEqualTo("ejml");
        assertThat(builder.backend("ojalgo").build().fit(x).backend()).isEqualTo("ojalgo");
        System.setProperty(BackendChoice.PROPERTY, "auto");
        assertThat(BackendChoice.of(Plugins.load(), 0).name()).isEqualTo("portable");
        System.setProperty(BackendChoice.PROPERTY, "blas");
        assertThatThrownBy(() -> BackendChoice.of(Plugins.load(), 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("no LinearAlgebraBackend is named 'blas'; found: ");
    }
}
