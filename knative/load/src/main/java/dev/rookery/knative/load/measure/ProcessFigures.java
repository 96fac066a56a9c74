package dev.rookery.knative.load.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What the system knows of a process of this machine.
///
/// @param pid that lives
public record ProcessFigures(long pid) {

    private static final String RESIDENT = "VmRSS:";

    public static ProcessFigures ofThisOne() {
        return new ProcessFigures(ProcessHandle.current().pid());
    }

    /// Processor time so far, in steps of 10 ms on Linux.
    ///
    /// @throws IllegalStateException when it has ended, or the system does not tell
    public Duration cpu() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new IllegalStateException("process: " + pid + " has no times (expected: it runs)"));
    }

    /// Memory that is really there; 0 where the system has no `/proc`.
    ///
    /// @throws IllegalStateException when it has ended
    public long residentKilobytes() {
        if (!Files.exists(Path.of("/proc/self/status"))) {
            return 0;
        }
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new IllegalStateException("process: " + pid + " has no memory (expected: it runs)", e);
        }
    }
}
