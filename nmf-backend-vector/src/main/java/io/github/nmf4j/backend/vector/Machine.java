package io.github.nmf4j.backend.vector;

import io.github.nmf4j.api.Availability;

/** What the virtual machine must be for these kernels to be fast. Loads no class of the incubator module. */
final class Machine {
    /** On 17 kernels that run after others in one virtual machine were measured 4 to 10 times slower. */
    private static final int STEADY = 21;

    private static final String MODULE = "jdk.incubator.vector";

    private Machine() {}

    static Availability availability() {
        return availability(
                Runtime.version().feature(),
                System.getProperty("java.vm.name", ""),
                System.getProperty("java.vm.info", ""),
                ModuleLayer.boot().findModule(MODULE).isPresent());
    }

    /**
     * {@return whether these kernels are fast on such a virtual machine}
     *
     * @param feature release of the JDK
     * @param name property java.vm.name
     * @param info property java.vm.info
     * @param module whether the incubator module is there
     */
    static Availability availability(int feature, String name, String info, boolean module) {
        if (feature < STEADY) {
            return Availability.no("the Vector API is steady from JDK " + STEADY + " on, and this is " + feature
                    + "; start a newer one");
        }
        if (!module) {
            return Availability.no("the module " + MODULE + " is missing; start java with --add-modules " + MODULE);
        }
        if (!name.contains("64-Bit Server") || info.contains("interpreted") || info.contains("emulated-client")) {
            return Availability.no(
                    "its kernels need the optimising compiler C2, and this is " + name + " (" + info + ")");
        }
        int bits = Lanes.bits();
        if (bits < Lanes.LEAST_BITS) {
            return Availability.no(
                    "vectors must have " + Lanes.LEAST_BITS + " bits to gain anything: here they have " + bits);
        }
        if (bits > Lanes.MOST_BITS) {
            return Availability.no("its kernels are written for vectors of up to " + Lanes.MOST_BITS
                    + " bits: here they have " + bits);
        }
        return Availability.yes();
    }
}
