package dev.rookery.eventing.delivery.inbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// What one history in a schema records: the scripts of a folder, by version and by a checksum of their lines.
///
/// @param location folder on the class path
/// @param history  table in the schema
record Scripts(String schema, String location, String history) {

    /// Whether the history has exactly these scripts, as they are, and none has failed. Whatever else it has, who
    /// migrates decides what that means.
    boolean areApplied(Connection owner) throws SQLException {
        var recorded = new HashMap<String, Integer>();
        var asked = "select version, checksum, success from \"" + schema + "\".\"" + history
                + "\" where type = 'SQL' and version is not null";
        try (var statement = owner.createStatement();
                var rows = statement.executeQuery(asked)) {
            while (rows.next()) {
                if (!rows.getBoolean("success")) {
                    return false;
                }
                recorded.put(rows.getString("version"), rows.getInt("checksum"));
            }
        }
        return recorded.equals(checksums());
    }

    private Map<String, Integer> checksums() {
        var checksums = new HashMap<String, Integer>();
        try {
            var pattern = "classpath*:" + location + "/V*.sql";
            for (var script : new PathMatchingResourcePatternResolver().getResources(pattern)) {
                checksums.put(version(script.getFilename()), checksum(script));
            }
            return checksums;
        } catch (IOException e) {
            throw new IllegalStateException("scripts of " + location + " cannot be read", e);
        }
    }

    /// `2` of `V2__pushes.sql`.
    private static String version(@Nullable String name) {
        var file = String.valueOf(name);
        int end = file.indexOf("__");
        if (end < 0) {
            throw new IllegalStateException("script: " + file + " (expected: V<version>__<name>.sql)");
        }
        return file.substring(1, end);
    }

    /// As Flyway reckons it: over the lines, however they end.
    private static int checksum(Resource script) throws IOException {
        var checksum = new CRC32();
        try (var lines = new BufferedReader(new InputStreamReader(script.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                checksum.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return (int) checksum.getValue();
    }
}
