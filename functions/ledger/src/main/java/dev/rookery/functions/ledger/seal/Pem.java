package dev.rookery.functions.ledger.seal;

import java.util.Base64;

/// A key between its two lines.
final class Pem {

    static final String ALGORITHM = "Ed25519";

    private Pem() {}

    /// @param what such as `PRIVATE KEY`
    static byte[] bytes(String pem, String what) {
        var begin = "-----BEGIN " + what + "-----";
        var end = "-----END " + what + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no " + begin + " … " + end);
        }
        return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
    }
}
