package io.github.nmf4j.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.Availability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTest {
    private static final String SERVER = "OpenJDK 64-Bit Server VM";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "17 | OpenJDK 64-Bit Server VM | mixed mode, sharing | true | steady from JDK 21 on, and this is 17",
                "25 | OpenJDK 64-Bit Server VM | mixed mode, sharing | false | --add-modules jdk.incubator.vector",
                "25 | OpenJDK 64-Bit Server VM | interpreted mode | true | need the optimising compiler C2",
                "25 | OpenJDK 64-Bit Server VM | mixed mode, emulated-client | true | need the optimising compiler C2",
                "25 | Eclipse OpenJ9 VM | JRE 25 | true | need the optimising compiler C2",
                "25 | OpenJDK 64-Bit Zero VM | interpreted mode | true | need the optimising compiler C2"
            })
    void whatCannotBeUsedSaysWhy(int feature, String name, String info, boolean module, String reason) {
        Availability availability = Machine.availability(feature, name, info, module);
        assertThat(availability.usable()).isFalse();
        assertThat(availability.reason()).contains(reason);
    }

    @Test
    void usableWithWideVectorsOnANewEnoughServer() {
        Availability availability = Machine.availability(25, SERVER, "mixed mode, sharing", true);
        assertThat(availability.usable())
                .isEqualTo(Lanes.bits() >= Lanes.LEAST_BITS && Lanes.bits() <= Lanes.MOST_BITS);
        assertThat(availability.reason().isEmpty()).isEqualTo(availability.usable());
    }
}
