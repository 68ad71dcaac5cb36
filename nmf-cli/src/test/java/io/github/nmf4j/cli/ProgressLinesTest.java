package io.github.nmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.core.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    private final StringWriter written = new StringWriter();

    /** Nanoseconds; set by the tests, read by the lines. */
    private long now;

    private ProgressLines lines(long limit) {
        return new ProgressLines(new PrintWriter(written), () -> now, limit);
    }

    /** {@return the seconds at which a line was written, where an iteration takes so many seconds} */
    private List<Long> moments(int iterations, long seconds) {
        ProgressLines lines = lines(iterations);
        List<Long> moments = new ArrayList<>();
        for (int i = 0; i <= iterations; i++) {
            int before = written.getBuffer().length();
            lines.step();
            if (written.getBuffer().length() > before) {
                moments.add(i * seconds);
            }
            now += seconds * 1_000_000_000L;
        }
        return moments;
    }

    @Test
    void linesComeAfterTenSecondsThenDoubleThenEveryFiveMinutes() {
        assertThat(moments(3600, 1))
                .startsWith(10L, 20L, 40L, 80L, 160L, 320L, 620L, 920L)
                .hasSize(16);
    }

    @Test
    void shortRunsSayNothing() {
        assertThat(moments(9, 1)).isEmpty();
        assertThat(written.toString()).isEmpty();
    }

    @Test
    void aLineTellsPaceObjectiveChangeAndTimeLeft() {
        ProgressLines lines = lines(100);
        now = 1_000_000_000L; // the start took a second, which does not count
        for (int i = 0; i < 40; i++) {
            lines.step();
        }
        lines.at(new Progress(40, 20, 1234.5678, 2.5e-4, OptionalInt.of(100)));
        now = 21_000_000_000L;
        lines.step();
        assertThat(written.toString().strip())
                .isEqualTo("nmf: iteration 40 after 20 s, 2.00 a second, objective 1234.568, relative change 2.5e-04;"
                        + " 30 s left at most");
    }

    @Test
    void withoutAnObjectiveThePaceIsToldAlone() {
        ProgressLines lines = lines(100);
        lines.step();
        now = 16_000_000_000L;
        lines.step();
        assertThat(written.toString().strip())
                .isEqualTo("nmf: iteration 1 after 16 s, 0.0625 a second; 1584 s left at most");
    }

    @Test
    void paceHasNoExponent() {
        assertThat(ProgressLines.pace(0.0625)).isEqualTo("0.0625");
        assertThat(ProgressLines.pace(999.6)).isEqualTo("1000");
        assertThat(ProgressLines.pace(2480.4)).isEqualTo("2480");
    }
}
