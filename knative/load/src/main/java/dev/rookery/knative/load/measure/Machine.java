package dev.rookery.knative.load.measure;

import java.lang.management.ManagementFactory;

/// What a figure was measured on.
///
/// @param memoryMegabytes of the machine; 0 when it cannot be told
public record Machine(int processors, long memoryMegabytes, String system) {

    public static Machine here() {
        long memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                        ? os.getTotalMemorySize() >> 20
                        : 0;
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                memory,
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    @Override
    public String toString() {
        return processors + " processors, " + memoryMegabytes + " MB, " + system;
    }
}
