package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.nmf4j.api.Arguments;
import io.github.nmf4j.api.Extension;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Parameter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What every extension keeps, whatever its service: its name, its parameters and its arguments.
 *
 * @param <S> the service
 */
public abstract class ExtensionContract<S extends Extension<S>> {
    private static final String WORDS = "[a-z0-9]+(-[a-z0-9]+)*";
    private static final String NOBODYS = "no-such-parameter";

    /** For contracts. */
    protected ExtensionContract() {}

    /** {@return the extension under test, configured as it should be tested} */
    protected abstract S extension();

    /**
     * {@return what {@code ServiceLoader} makes, from which the arguments must rebuild the extension} By the public constructor
     * without arguments; override it where that is not to be had.
     */
    protected S prototype() {
        S extension = extension();
        try {
            @SuppressWarnings("unchecked")
            S made = (S) extension.getClass().getConstructor().newInstance();
            return made;
        } catch (ReflectiveOperationException noneToBeHad) {
            return extension;
        }
    }

    /** {@return the seeds that laws on random data run with} */
    public static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    /** A user can type the name. */
    @Test
    protected final void nameIsLowerCaseWordsJoinedByHyphens() {
        String name = extension().name();
        assertTrue(name.matches(WORDS), () -> "name must be lower-case words joined by hyphens: '" + name + "'");
    }

    /** Parameters have names a user can type, a meaning, and a standard value that can be read and is accepted. */
    @Test
    protected final void parametersDescribeThemselves() {
        S extension = extension();
        Set<String> names = new HashSet<>();
        for (Parameter parameter : extension.parameters()) {
            String name = parameter.name();
            assertTrue(name.matches(WORDS), () -> "parameter must be lower-case words joined by hyphens: " + name);
            assertTrue(names.add(name), () -> "parameter declared twice: " + name);
            assertFalse(parameter.meaning().isBlank(), () -> "parameter without a meaning: " + name);
            assertFalse(parameter.meaning().contains("\n"), () -> "meaning must be one line: " + name);
            if (!parameter.standard().isEmpty() && parameter.kind() != Parameter.Kind.MATRIX) {
                Arguments standard = Arguments.parse(
                        extension.name(), List.of(parameter), Map.of(name, parameter.standard()), file -> {
                            throw new AssertionError("not a matrix: " + name);
                        });
                assertTrue(standard.has(name), () -> "standard value of " + name + " cannot be read");
            }
        }
    }

    /** An extension is rebuilt from its name and arguments: that is how a stored model and a distributed fit carry it. */
    @Test
    protected final void argumentsRebuildIt() {
        S extension = extension();
        Arguments arguments = extension.arguments();
        arguments.checkedAgainst(extension.name(), extension.parameters());
        S copy = extension.with(arguments);
        assertAll(
                () -> assertEquals(extension, copy, "x.with(x.arguments()) must equal x"),
                () -> assertEquals(extension.hashCode(), copy.hashCode(), "equal extensions have one hash code"),
                () -> assertEquals(arguments, copy.arguments(), "arguments must survive with()"),
                () -> assertEquals(extension.name(), copy.name(), "with() must keep the name"));
        if (extension.parameters().stream().noneMatch(p -> p.standard().isEmpty())) {
            S standard = extension.with(Arguments.NONE);
            assertEquals(extension, standard.with(arguments), "the standard one .with(x.arguments()) must equal x");
            assertEquals(
                    standard,
                    standard.with(Arguments.NONE),
                    "with(no arguments) must change a standard one no further");
        }
        assertEquals(
                arguments, prototype().with(arguments).arguments(), "arguments must rebuild it from the prototype");
    }

    /** The standard values that the parameters state are those of the prototype. */
    @Test
    protected final void statedStandardsAreThoseOfThePrototype() {
        S prototype = prototype();
        Map<String, String> standards = new TreeMap<>();
        for (Parameter parameter : prototype.parameters()) {
            if (parameter.standard().isEmpty()) {
                return; // one must be given
            }
            if (parameter.kind() != Parameter.Kind.MATRIX) {
                standards.put(parameter.name(), parameter.standard());
            }
        }
        Arguments parsed = Arguments.parse(prototype.name(), prototype.parameters(), standards, file -> {
            throw new AssertionError("no file is read here");
        });
        assertEquals(
                prototype.with(Arguments.NONE),
                prototype.with(parsed),
                "stated standard values must be those of the prototype");
    }

    /** Threads share an extension and nothing synchronizes them, so nothing in it is ever assigned again. */
    @Test
    protected final void itsFieldsAreFinal() {
        for (Class<?> type = extension().getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                assertTrue(
                        Modifier.isStatic(modifiers) || Modifier.isFinal(modifiers),
                        () -> "a field of an extension must be final: " + field);
            }
        }
    }

    /** A value outside the domain of its parameter, or of another kind, is refused by the parameter's name, in one line. */
    @Test
    protected final void impossibleValuesAreRefused() {
        S extension = extension();
        for (Parameter parameter : extension.parameters()) {
            for (Object impossible : impossible(parameter.kind())) {
                Arguments wrong = extension.arguments().and(parameter.name(), impossible);
                String what = extension.name() + ":" + parameter.name() + "=" + impossible;
                InvalidInputException refusal = assertThrows(
                        InvalidInputException.class, () -> extension.with(wrong), () -> what + " must be refused");
                String message = String.valueOf(refusal.getMessage());
                assertTrue(message.contains(parameter.name()), () -> "the refusal must name the parameter: " + message);
                assertFalse(message.contains("\n"), () -> "the refusal must be one line: " + message);
            }
        }
    }

    private static List<Object> impossible(Parameter.Kind kind) {
        return switch (kind) {
            case NUMBER -> List.of(Double.NaN, "a word");
            case NUMBERS -> List.of(new double[] {Double.NaN}, "a word");
            case COUNT -> List.of(Integer.MIN_VALUE, "a word");
            case CHOICE -> List.of("no-such-choice", 1.0);
            case SHAPE, MATRIX -> List.of("a word");
        };
    }

    /** What people read about it is one line. */
    @Test
    protected final void summaryIsOneLine() {
        assertFalse(
                extension().summary().contains("\n"),
                () -> "a summary must be one line: " + extension().summary());
    }

    /** A misspelt parameter is refused by name, not ignored. */
    @Test
    protected final void unknownParametersAreRefused() {
        S extension = extension();
        Arguments wrong = extension.arguments().and(NOBODYS, 1.0);
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class,
                () -> extension.with(wrong),
                () -> extension.name() + " must refuse a parameter it does not have");
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains(NOBODYS), () -> "the refusal must name the parameter: " + message);
        assertFalse(message.contains("\n"), () -> "the refusal must be one line: " + message);
    }
}
