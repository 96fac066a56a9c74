package dev.rookery.knative.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path home;

    @Test
    void onePlatformAtATimeHasIt() {
        try (var _ = DataFolder.open(settings(false))) {
            assertThatThrownBy(() -> DataFolder.open(settings(false)))
                    .hasMessageContaining("belongs to a platform that runs (expected: another one by --data");
        }
    }

    @Test
    void itIsThereForTheNextPlatform() {
        String secret;
        try (var folder = DataFolder.open(settings(false))) {
            secret = folder.tokenSecret();
        }

        try (var folder = DataFolder.open(settings(false))) {
            assertThat(folder.tokenSecret()).isEqualTo(secret);
        }
    }

    @Test
    void anEphemeralOneIsDeletedInTheEnd() {
        try (var folder = DataFolder.open(settings(true))) {
            folder.tokenSecret();
        }

        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    void theTokenSecretIsItsOwnersAlone() throws Exception {
        try (var folder = DataFolder.open(settings(false))) {
            assertThat(folder.tokenSecret()).hasSize(64);
        }

        assertThat(Files.getPosixFilePermissions(home.resolve("data/token-secret")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void theSealKeyIsItsOwnersAloneAndStays() throws Exception {
        String key;
        try (var folder = DataFolder.open(settings(false))) {
            key = folder.sealKey();
        }

        try (var folder = DataFolder.open(settings(false))) {
            assertThat(folder.sealKey()).isEqualTo(key).startsWith("-----BEGIN PRIVATE KEY-----");
        }
        assertThat(Files.getPosixFilePermissions(home.resolve("data/seal-key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(home.resolve("data/seal-key.pub")).content().startsWith("-----BEGIN PUBLIC KEY-----");
    }

    @Test
    void aConfigMapIsAFolderWithoutWhatItHeldBefore() throws Exception {
        var file = Files.writeString(home.resolve("wallet.json"), "{}");
        try (var folder = DataFolder.open(settings(false))) {
            folder.configMaps(Map.of("catalog", Map.of("old.json", file)));

            var folders = folder.configMaps(Map.of("catalog", Map.of("wallet.json", file)));

            assertThat(folders).containsOnlyKeys("catalog");
            assertThat(folders.get("catalog"))
                    .isDirectoryContaining("glob:**/wallet.json")
                    .isDirectoryNotContaining("glob:**/old.json");
        }
    }

    private UpSettings settings(boolean ephemeral) {
        return new UpSettings(home, home, home.resolve("data"), ephemeral, 8080, 1, false);
    }
}
