package dev.rookery.functions.games.fair;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Mac;

/// The draws of one round, one after the other: an endless row of 32-bit words out of HMAC-SHA256, made into numbers.
/// The package's sign has the scheme in full, with an example.
///
/// **Why words are thrown away.** There are 2^32 words, and most bounds do not divide that. With 10,000 outcomes,
/// 4,294,967,296 words make 429,496 full rows and 7,296 words more: were those used, the outcomes 0 to 7,295 would
/// each have one word more than the others, whether the word is divided or is made a fraction and multiplied. So a
/// word of the last, partial row is skipped and the next one taken, which leaves every outcome the same number of
/// words. Fewer than half of all words are skipped, whatever the bound, so a hundred in a row never are.
///
/// Has a state, for one thread. A new one of the same [RoundSeed] begins anew and gives the same numbers.
public final class Draws {

    private static final long WORDS = 1L << 32;

    private final Mac hmac;
    private final String message;
    private ByteBuffer words = ByteBuffer.allocate(0);
    private long blocks;

    Draws(RoundSeed seed) {
        this.hmac = seed.server().hmac();
        this.message = seed.message();
    }

    /// The next number of 0 to `bound - 1`, each as likely as any other.
    ///
    /// @param bound 1..2^31-1
    public int below(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound: " + bound + " (expected: 1.." + Integer.MAX_VALUE + ")");
        }
        long fullRows = WORDS - WORDS % bound;
        long word = word();
        while (word >= fullRows) {
            word = word();
        }
        return (int) (word % bound);
    }

    /// As many different ones of the places 0 to `places - 1`, in the order drawn, each order as likely as any
    /// other: Fisher and Yates' shuffle, left off when there are enough.
    ///
    /// @param count  0..`places`; as many numbers are drawn
    /// @param places 0..2^31-1
    public List<Integer> choose(int count, int places) {
        if (count < 0 || count > places) {
            throw new IllegalArgumentException("count: " + count + " (expected: 0.." + places + ")");
        }
        int[] all = IntStream.range(0, places).toArray();
        for (int i = 0; i < count; i++) {
            int chosen = i + below(places - i);
            int place = all[chosen];
            all[chosen] = all[i];
            all[i] = place;
        }
        return IntStream.of(all).limit(count).boxed().toList();
    }

    private long word() {
        if (!words.hasRemaining()) {
            words = ByteBuffer.wrap(nextBlock());
        }
        return Integer.toUnsignedLong(words.getInt());
    }

    private byte[] nextBlock() {
        var text = blocks == 0 ? message : message + ":" + blocks;
        blocks++;
        return hmac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    }
}
