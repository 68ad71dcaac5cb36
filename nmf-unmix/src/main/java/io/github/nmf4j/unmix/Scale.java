package io.github.nmf4j.unmix;

/** What is known of the number of units in X that one count makes, the gain. */
enum Scale {
    /** One: X holds counts. */
    COUNTED,
    /** A number that was given. */
    GIVEN,
    /** Nothing: it is measured by the noise. */
    ESTIMATED
}
