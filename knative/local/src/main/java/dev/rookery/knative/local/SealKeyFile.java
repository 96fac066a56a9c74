package dev.rookery.knative.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// An Ed25519 key that is made once, in two files.
final class SealKeyFile {

    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private SealKeyFile() {}

    /// The key as PKCS#8 in PEM. It is in its file after its public half is: who finds one finds both.
    static String read(Path file, Path publicFile) {
        try {
            if (!Files.exists(file)) {
                var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                Files.writeString(publicFile, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
                var partial = file.resolveSibling(file.getFileName() + ".new");
                Files.deleteIfExists(partial);
                Files.createFile(
                        partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(partial, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be used", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    private static String pem(String what, byte[] key) {
        return "-----BEGIN " + what + "-----\n" + BASE64.encodeToString(key) + "\n-----END " + what + "-----\n";
    }
}
