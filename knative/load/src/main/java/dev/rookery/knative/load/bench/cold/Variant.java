package dev.rookery.knative.load.bench.cold;

import dev.rookery.knative.local.AotCache;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A way to start a function.
///
/// @param name    as it is shown
/// @param options of the JVM, in front of `-jar`
record Variant(String name, List<String> options, Path jar) {

    private static final List<String> COMMON = List.of(
            "-Xmx230m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    Variant {
        options = List.copyOf(options);
    }

    /// The plain one first: it is what the others are compared with.
    ///
    /// @param fat the same function as one jar
    /// @throws IllegalStateException when there is no cache to measure
    static List<Variant> of(AotCache cache, Path fat) {
        if (!cache.isFresh()) {
            throw new IllegalStateException(
                    cache.file() + " is not there, or too old (expected: after ./rookery train)");
        }
        var aot = "-XX:AOTCache=" + cache.file();
        return List.of(
                new Variant("fat jar", List.of(), fat),
                new Variant("extracted, no cache", List.of(), cache.jar()),
                new Variant("AOT cache", List.of(aot), cache.jar()),
                new Variant("AOT cache, C1", List.of(aot, "-XX:TieredStopAtLevel=1"), cache.jar()));
    }

    /// The program and its arguments.
    List<String> words() {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(COMMON);
        words.addAll(options);
        words.addAll(List.of("-jar", jar.toString()));
        return words;
    }
}
