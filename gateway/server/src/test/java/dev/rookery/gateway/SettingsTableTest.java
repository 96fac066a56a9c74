package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.stream.StreamSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/// The README's table of settings against the records that hold them.
class SettingsTableTest {

    private static final Pattern NAME = Pattern.compile("`([a-z.-]+)`");

    @Test
    void everySettingHasARowAndEveryRowASetting() throws IOException {
        assertThat(rows()).containsExactlyInAnyOrderElementsOf(settings());
    }

    private static SortedSet<String> settings() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        var names = new TreeSet<String>();
        for (var found : scanner.findCandidateComponents("dev.rookery.gateway")) {
            names.addAll(settings(ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null)));
        }
        names.addAll(settings(StreamSettings.class));
        return names;
    }

    private static List<String> settings(Class<?> settings) {
        var prefix =
                settings.getAnnotation(ConfigurationProperties.class).value().replaceFirst("^rookery\\.?", "");
        return components(settings, prefix).toList();
    }

    /// A record within a record has a name for each of its own.
    private static Stream<String> components(Class<?> settings, String prefix) {
        return Arrays.stream(settings.getRecordComponents()).flatMap(each -> {
            var name = (prefix.isEmpty() ? "" : prefix + ".") + DataObjectPropertyName.toDashedForm(each.getName());
            return each.getType().isRecord() ? components(each.getType(), name) : Stream.of(name);
        });
    }

    /// `.key` after `tls.certificate` is `tls.key`.
    private static SortedSet<String> rows() throws IOException {
        var names = new TreeSet<String>();
        var readme = Files.readAllLines(Path.of("README.md"));
        for (var line : readme.subList(readme.indexOf("## Settings"), readme.size())) {
            if (line.startsWith("| `")) {
                var section = "";
                var name = NAME.matcher(line.substring(0, line.indexOf('|', 1)));
                while (name.find()) {
                    var said = name.group(1);
                    section = said.startsWith(".") ? section : said.substring(0, Math.max(said.indexOf('.'), 0));
                    names.add(said.startsWith(".") ? section + said : said);
                }
            }
        }
        return names;
    }
}
