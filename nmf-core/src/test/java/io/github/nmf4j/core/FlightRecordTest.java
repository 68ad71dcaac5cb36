package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.DenseMatrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FlightRecordTest {
    private static final DenseMatrix X = EquivalenceTest.random(4, 20, 30, 0, 0.1);

    @TempDir
    Path folder;

    private static Factorization fit() {
        return Nmf.builder()
                .rank(3)
                .solver("mm")
                .acceleration("none")
                .stopWhen(StoppingRule.afterIterations(5))
                .build()
                .fit(X);
    }

    private List<RecordedEvent> recorded() throws IOException {
        Path file = folder.resolve("fit.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("nmf4j.Fit");
            recording.enable("nmf4j.Iteration").withoutThreshold();
            recording.enable("nmf4j.HalfStep").withoutThreshold();
            recording.start();
            fit();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("nmf4j."))
                .toList();
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    @Test
    void aRecordingHoldsFitIterationsAndHalfSteps() throws IOException {
        Factorization expected = fit();
        List<RecordedEvent> events = recorded();
        assertThat(named(events, "nmf4j.Fit")).singleElement().satisfies(event -> {
            assertThat(event.getInt("rows")).isEqualTo(20);
            assertThat(event.getInt("columns")).isEqualTo(30);
            assertThat(event.getInt("rank")).isEqualTo(3);
            assertThat(event.getString("loss")).isEqualTo("kullback-leibler");
            assertThat(event.getInt("iterations")).isEqualTo(5);
            assertThat(event.getString("stop")).isEqualTo("iterations");
            assertThat(event.getDouble("objective")).isEqualTo(expected.objective());
            assertThat(event.getDuration().isNegative()).isFalse();
        });
        assertThat(named(events, "nmf4j.Iteration"))
                .extracting(event -> event.getInt("iteration") + " " + event.getDouble("objective"))
                .isEqualTo(expected.trace().rows().stream()
                        .skip(1)
                        .map(row -> row.iteration() + " " + row.objective())
                        .toList());
        assertThat(named(events, "nmf4j.HalfStep"))
                .extracting(event -> event.getString("factor"))
                .containsExactly("H", "W", "H", "W", "H", "W", "H", "W", "H", "W");
    }
}
