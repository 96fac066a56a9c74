package dev.rookery.knative.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Makes a new function: its module under `functions`, its file under `knative/base`, and the lines that make both
/// known. What it makes builds, runs and answers; it is meant to be changed.
///
/// @param home folder of the project
record Scaffold(Path home) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{1,30}");
    private static final String LAST_FUNCTION = "    <module>knative/local</module>";

    /// Makes it.
    ///
    /// @return the files that were made or changed, relative to the project's folder
    /// @throws IllegalArgumentException when the name is none or is taken; nothing was made then
    List<Path> make(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: " + name + " (expected: 2 to 31 of a-z and 0-9, a letter first: it"
                            + " names a package, a schema, topics and a Kubernetes object)");
        }
        if (Files.exists(home.resolve("functions").resolve(name))
                || Files.exists(manifests().resolve(name + ".yaml"))) {
            throw new IllegalArgumentException("name: " + name + " is taken (expected: one that is neither under"
                    + " functions nor under knative/base)");
        }
        var changes = new LinkedHashMap<Path, String>();
        files(name).forEach((path, template) -> changes.put(path, filled(template, name)));
        var pom = Path.of("pom.xml");
        changes.put(
                pom,
                inserted(pom, read(home.resolve(pom)), LAST_FUNCTION, "    <module>functions/" + name + "</module>"));
        var base = Path.of("knative", "base", "kustomization.yaml");
        var listed = inserted(base, read(home.resolve(base)), "  # The catalog:", "  - " + name + ".yaml");
        changes.put(
                base,
                inserted(
                        base,
                        listed,
                        "configurations:",
                        "  - ../../functions/" + name + "/src/main/resources/catalog"));
        changes.forEach(this::write);
        return List.copyOf(changes.keySet());
    }

    private static Map<Path, String> files(String name) {
        var module = Path.of("functions", name);
        var code = Path.of("java", "dev", "rookery", "functions", name);
        var main = module.resolve("src").resolve("main");
        var resources = main.resolve("resources");
        var files = new LinkedHashMap<Path, String>();
        files.put(module.resolve("pom.xml"), "pom.xml");
        files.put(main.resolve(code).resolve("package-info.java"), "package-info.java");
        files.put(main.resolve(code).resolve(capital(name) + "Application.java"), "Application.java");
        files.put(main.resolve(code).resolve("ScoreFunction.java"), "ScoreFunction.java");
        files.put(main.resolve(code).resolve("TotalFunction.java"), "TotalFunction.java");
        files.put(
                module.resolve("src").resolve("test").resolve(code).resolve("ScoreFunctionTest.java"),
                "ScoreFunctionTest.java");
        // Not by its own name: the build fills in every application.yaml, with what this module is.
        files.put(resources.resolve("application.yaml"), "settings.yaml");
        files.put(resources.resolve("catalog").resolve(name + ".json"), "catalog.json");
        files.put(resources.resolve("catalog").resolve("kustomization.yaml"), "kustomization.yaml");
        files.put(resources.resolve("catalog").resolve("event-types.yaml"), "event-types.yaml");
        files.put(resources.resolve("db").resolve("migration").resolve("V1__total.sql"), "V1__total.sql");
        files.put(module.resolve("src").resolve("training").resolve("session.json"), "training.json");
        files.put(Path.of("knative", "base", name + ".yaml"), "manifest.yaml");
        return files;
    }

    /// Before the first line that begins so.
    private static String inserted(Path file, String text, String before, String line) {
        int at = text.indexOf("\n" + before);
        if (at < 0) {
            throw new IllegalStateException(file + ": no line that begins with '" + before
                    + "' (expected: one, before which '" + line.strip() + "' is put)");
        }
        return text.substring(0, at + 1) + line + "\n" + text.substring(at + 1);
    }

    private Path manifests() {
        return home.resolve("knative").resolve("base");
    }

    private static String filled(String template, String name) {
        try (InputStream in = Scaffold.class.getResourceAsStream("/scaffold/" + template)) {
            if (in == null) {
                throw new IllegalStateException("template: " + template + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@name@", name)
                    .replace("@Name@", capital(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private void write(Path path, String text) {
        var file = home.resolve(path);
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
