package io.github.nmf4j.api;

/**
 * Something the caller supplied breaks a rule: a file, an argument, a combination of options.
 *
 * <p>The message is one line that states the rule, then the offending value and where it sits, as in
 * {@code x must be finite and non-negative: x[17, 3] = -0.25}. Anything else that goes wrong is a defect and is thrown as
 * another exception.
 */
public class InvalidInputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** @param message one line: the rule, the value, its place */
    public InvalidInputException(String message) {
        super(message);
    }

    /**
     * @param message one line: the rule, the value, its place
     * @param cause what revealed it
     */
    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
