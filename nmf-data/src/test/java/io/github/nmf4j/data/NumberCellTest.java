package io.github.nmf4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberCellTest {
    private final NumberCell cell = new NumberCell();

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, -0.0",
        "12, 12",
        "+3, 3",
        "-0.5, -0.5",
        ".5, 0.5",
        "5., 5",
        "1e-3, 0.001",
        "1E+3, 1000",
        "123456789012345678901234567890, 123456789012345678901234567890",
        "1e400, Infinity",
        "1e-400, 0",
        "0.00000000000000000000000000000000001, 1e-35",
        "nan, NaN",
        "NaN, NaN",
        "-nan, NaN",
        "inf, Infinity",
        "-Inf, -Infinity",
        "Infinity, Infinity",
        "'  7 ', 7",
        "9007199254740993, 9007199254740992",
        "0000000000000000000001, 1",
        "1e999999999999, Infinity"
    })
    void readsNumbers(String text, double value) {
        assertThat(cell.read(text)).isTrue();
        assertThat(cell.value()).isEqualTo(Double.valueOf(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "-", ".", "e5", "1e", "1e+", "1f", "1d", "0x10", "1.2.3", "1,5", "1 2", "--1", ".nan", "NA",
                "abc", "1_000"
            })
    void refusesEverythingElse(String text) {
        assertThat(cell.read(text)).isFalse();
    }

    @Test
    void agreesWithParseDoubleToTheLastBit() {
        Random random = new Random(17);
        for (int trial = 0; trial < 200_000; trial++) {
            String text = switch (trial % 4) {
                case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
                case 1 -> random.nextInt(100_000) + "." + random.nextInt(1_000_000);
                case 2 -> random.nextLong(1_000_000_000_000_000L) + "e" + (random.nextInt(60) - 30);
                default -> "-0.000" + random.nextLong(Long.MAX_VALUE);
            };
            assertThat(cell.read(text)).as(text).isTrue();
            assertThat(Double.doubleToLongBits(cell.value()))
                    .as(text)
                    .isEqualTo(Double.doubleToLongBits(Double.parseDouble(text)));
        }
    }
}
