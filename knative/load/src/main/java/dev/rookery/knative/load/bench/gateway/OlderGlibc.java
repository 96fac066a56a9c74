package dev.rookery.knative.load.bench.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Lets a native library for Linux that was linked on a new system load on one whose glibc is older than 2.38.
///
/// A library that was compiled there asks for `strtol` and its like under names of C23, `__isoc23_strtol`, which only
/// read binary numbers besides, and which alone make it ask for 2.38. In the table of symbols the names begin nine
/// letters later then, and what is asked for under 2.38 is asked for under 2.2.5, where the older names are. Only the
/// two tables that the loader reads are touched; no code is.
final class OlderGlibc {

    private static final String PREFIX = "__isoc23_";
    private static final String NEWER = "GLIBC_2.38";
    private static final String OLDER = "GLIBC_2.2.5";

    private static final int ELF = 0x464c_457f;
    private static final int SYMBOLS = 11;
    private static final int VERSIONS_NEEDED = 0x6fff_fffe;
    private static final int SECTION_BYTES = 64;
    private static final int SYMBOL_BYTES = 24;

    private final ByteBuffer file;

    private OlderGlibc(byte[] file) {
        this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Rewrites a library; one that needs nothing of this, or is no 64-bit ELF file, stays as it is.
    static void adapt(Path library) throws IOException {
        var bytes = Files.readAllBytes(library);
        if (new OlderGlibc(bytes).adapt()) {
            Files.write(library, bytes);
        }
    }

    private boolean adapt() {
        if (file.limit() < SECTION_BYTES || file.getInt(0) != ELF || file.get(4) != 2) {
            return false;
        }
        int symbols = section(SYMBOLS);
        int versions = section(VERSIONS_NEEDED);
        return symbols >= 0 && versions >= 0 && askForOlder(versions) && rename(symbols);
    }

    /// @return where the first section of a kind is described; -1 when there is none
    private int section(int kind) {
        int first = (int) file.getLong(0x28);
        int count = Short.toUnsignedInt(file.getShort(0x3c));
        for (int at = first; at < first + count * SECTION_BYTES; at += SECTION_BYTES) {
            if (file.getInt(at + 4) == kind) {
                return at;
            }
        }
        return -1;
    }

    /// @return whether something of the newer one was asked for
    private boolean askForOlder(int versions) {
        int names = names(versions);
        int need = begin(versions);
        boolean found = false;
        while (true) {
            int newer = version(need, names, NEWER);
            int older = version(need, names, OLDER);
            if (newer >= 0 && older >= 0) {
                // The hash of its name, and where that name is.
                file.putInt(newer, file.getInt(older));
                file.putInt(newer + 8, file.getInt(older + 8));
                found = true;
            }
            int next = file.getInt(need + 12);
            if (next == 0) {
                return found;
            }
            need += next;
        }
    }

    /// @return where a version of a library that is needed is described; -1 when it is not asked for
    private int version(int need, int names, String name) {
        int at = need + file.getInt(need + 8);
        for (int left = file.getShort(need + 2); left > 0; left--) {
            if (hasName(names + file.getInt(at + 8), name + "\0")) {
                return at;
            }
            at += file.getInt(at + 12);
        }
        return -1;
    }

    private boolean rename(int symbols) {
        int names = names(symbols);
        int begin = begin(symbols);
        long end = begin + file.getLong(symbols + 0x20);
        boolean found = false;
        for (int at = begin; at < end; at += SYMBOL_BYTES) {
            int name = file.getInt(at);
            if (hasName(names + name, PREFIX)) {
                file.putInt(at, name + PREFIX.length());
                found = true;
            }
        }
        return found;
    }

    private boolean hasName(int at, String name) {
        var bytes = name.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < bytes.length; i++) {
            if (file.get(at + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private int begin(int section) {
        return (int) file.getLong(section + 0x18);
    }

    /// Where the section with the names of this one begins.
    private int names(int section) {
        int first = (int) file.getLong(0x28);
        return begin(first + file.getInt(section + 0x28) * SECTION_BYTES);
    }
}
