package io.github.nmf4j.core;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Extension;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.Loss;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.api.Regularizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The extensions found by {@code ServiceLoader}, by service and name.
 *
 * <p>A provider that cannot be loaded is reported in {@link #broken()} and leaves the others alone. Two extensions of one
 * service with one name are refused when that name is asked for.
 */
public final class Plugins {
    /** A loader that failed this often for one service is taken to fail for ever. */
    private static final int MOST_FAILURES = 100;

    private static final Map<String, String> ALIASES =
            Map.of("kl", "kullback-leibler", "frobenius", "euclidean", "is", "itakura-saito");

    private final Map<Class<?>, Map<String, List<Extension<?>>>> byService = new LinkedHashMap<>();
    private final Map<Extension<?>, Class<?>> types = new IdentityHashMap<>();
    private final Set<String> broken = new LinkedHashSet<>();

    private Plugins(Set<ClassLoader> loaders) {
        for (ClassLoader loader : loaders) {
            load(Loss.class, ServiceLoader.load(Loss.class, loader));
            load(Regularizer.class, ServiceLoader.load(Regularizer.class, loader));
            load(Constraint.class, ServiceLoader.load(Constraint.class, loader));
            load(LinearAlgebraBackend.class, ServiceLoader.load(LinearAlgebraBackend.class, loader));
            load(Start.class, ServiceLoader.load(Start.class, loader));
            load(Solver.class, ServiceLoader.load(Solver.class, loader));
            load(Acceleration.class, ServiceLoader.load(Acceleration.class, loader));
        }
    }

    /**
     * {@return what the context class loader finds, and what that of the API finds} The two differ where a container or a shell
     * loads the application; what both find counts once.
     */
    public static Plugins load() {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null) {
            loaders.add(context);
        }
        loaders.add(Loss.class.getClassLoader());
        return new Plugins(loaders);
    }

    /**
     * {@return what a class loader finds}
     *
     * @param loader sees the plug-ins
     */
    public static Plugins load(ClassLoader loader) {
        return new Plugins(Set.of(loader));
    }

    /** One provider that cannot be found, linked or asked about itself is reported and passed over; the iterator goes on. */
    private <S extends Extension<?>> void load(Class<S> service, ServiceLoader<S> providers) {
        Map<String, List<Extension<?>>> found = byService.computeIfAbsent(service, none -> new TreeMap<>());
        Iterator<ServiceLoader.Provider<S>> iterator = providers.stream().iterator();
        int failures = 0;
        while (failures < MOST_FAILURES) {
            try {
                if (!iterator.hasNext()) {
                    return;
                }
                ServiceLoader.Provider<S> provider = iterator.next();
                if (foundAlready(found, provider.type())) {
                    continue;
                }
                Extension<?> extension = provider.get();
                extension = extension instanceof Regularizer r ? weighted(r) : extension;
                requireAnswers(extension, provider.type());
                found.computeIfAbsent(extension.name(), name -> new ArrayList<>())
                        .add(extension);
                types.put(extension, provider.type());
            } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
                failures++;
                String cause = e.getCause() == null ? "" : ": " + e.getCause();
                broken.add(service.getSimpleName() + ": " + (e.getMessage() == null ? e : e.getMessage()) + cause);
            }
        }
    }

    private boolean foundAlready(Map<String, List<Extension<?>>> found, Class<?> type) {
        return found.values().stream().flatMap(List::stream).anyMatch(known -> types.get(known) == type);
    }

    /** Whatever an extension is later asked about itself, it is asked here first, where a failure is only its own. */
    private static void requireAnswers(Extension<?> extension, Class<?> type) {
        Objects.requireNonNull(extension.name(), () -> type.getName() + " has no name");
        Objects.requireNonNull(extension.summary(), () -> type.getName() + " has no summary");
        extension.parameters().forEach(Objects::requireNonNull);
        if (extension instanceof LinearAlgebraBackend backend) {
            Objects.requireNonNull(backend.availability(), () -> type.getName() + " has no availability");
            Objects.requireNonNull(backend.warmUp(), () -> type.getName() + " has no warm-up");
        }
    }

    /** Every penalty understands {@code weight}. */
    private static Regularizer weighted(Regularizer penalty) {
        boolean has = penalty.parameters().stream().anyMatch(p -> p.name().equals("weight"));
        return has ? penalty : penalty.times(1);
    }

    /** {@return one line for each provider that could not be loaded} */
    public List<String> broken() {
        return List.copyOf(broken);
    }

    /** {@return the services, in a fixed order} */
    public List<Class<?>> services() {
        return List.copyOf(byService.keySet());
    }

    /**
     * {@return all extensions of a service, by name}
     *
     * @param service one of {@link #services()}
     */
    public List<Extension<?>> all(Class<?> service) {
        return byService.getOrDefault(service, Map.of()).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    /**
     * {@return the class that provides an extension; penalties are wrapped, so their own class does not tell}
     *
     * @param extension one of {@link #all}
     */
    public Class<?> providerOf(Extension<?> extension) {
        return types.getOrDefault(extension, extension.getClass());
    }

    /**
     * {@return the extension of a name, with its standard values}
     *
     * @param service which service
     * @param name as users write it; {@code kl}, {@code frobenius} and {@code is} are understood
     * @param <S> the service
     * @throws InvalidInputException if there is none, or more than one
     */
    public <S extends Extension<S>> S find(Class<S> service, String name) {
        Map<String, List<Extension<?>>> known = byService.getOrDefault(service, Map.of());
        List<Extension<?>> found = new ArrayList<>(known.getOrDefault(name, List.of()));
        if (service == Loss.class && ALIASES.containsKey(name)) {
            found.addAll(known.getOrDefault(ALIASES.get(name), List.of()));
        }
        if (found.isEmpty()) {
            String artifact = artifactOf(service, name);
            throw new InvalidInputException("no " + service.getSimpleName() + " is named '" + name + "'; found: "
                    + String.join(", ", known.keySet())
                    + (artifact == null ? "" : "; " + artifact + " on the class path would bring it"));
        }
        if (found.size() > 1) {
            String one = service.getSimpleName();
            throw new InvalidInputException(
                    "two " + one + (one.endsWith("s") ? "es" : "s") + " are named '" + name + "': "
                            + providerOf(found.get(0)).getName() + ", "
                            + providerOf(found.get(1)).getName());
        }
        return service.cast(found.get(0));
    }

    /**
     * {@return the extension of a name, configured}
     *
     * @param service which service
     * @param name as users write it
     * @param texts values as users write them, by parameter
     * @param files how to read the matrix that a text names
     * @param <S> the service
     */
    public <S extends Extension<S>> S find(
            Class<S> service, String name, Map<String, String> texts, Function<String, Matrix> files) {
        S prototype = find(service, name);
        List<Parameter> parameters = prototype.parameters();
        return prototype.with(Arguments.parse(prototype.name(), parameters, texts, files));
    }

    /** {@return the backend to use when no one chooses: the available one of highest priority} */
    public LinearAlgebraBackend backend() {
        return all(LinearAlgebraBackend.class).stream()
                .map(LinearAlgebraBackend.class::cast)
                .filter(b -> b.availability().usable())
                .max(Comparator.comparingInt(LinearAlgebraBackend::priority))
                .orElseThrow(() -> new InvalidInputException("no LinearAlgebraBackend is available"));
    }

    /**
     * {@return the backend of a name}
     *
     * @param name as users write it; {@code auto} for {@link #backend()}
     * @throws InvalidInputException if there is none or it cannot be used here
     */
    public LinearAlgebraBackend backend(String name) {
        if (name.equals("auto")) {
            return backend();
        }
        LinearAlgebraBackend backend = find(LinearAlgebraBackend.class, name);
        if (!backend.availability().usable()) {
            throw new InvalidInputException("backend '" + name + "' cannot be used here: "
                    + backend.availability().reason());
        }
        return backend;
    }

    private static String artifactOf(Class<?> service, String name) {
        try (InputStream in = Plugins.class.getResourceAsStream("artifacts.properties")) {
            Properties artifacts = new Properties();
            artifacts.load(in);
            return artifacts.getProperty(service.getSimpleName() + "." + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
