package dev.rookery.knative.load.misdeed;

import java.util.concurrent.locks.LockSupport;

/// What a rule of `rounds` does that it should not, when the player of `rounds.use-seed` asks for it. Others are served
/// as ever.
public enum Misdeed {
    THROWS("throws"),
    /// For ever, and whoever interrupts it is not heard.
    HANGS("hangs"),
    /// With its process, without a goodbye.
    EXITS("exits"),
    EATS_MEMORY("eats memory");

    private static final int EXIT_CODE = 3;
    private static final int MEBIBYTE = 1 << 20;

    private final String told;

    Misdeed(String told) {
        this.told = told;
    }

    /// The client seed that asks for it.
    public String clientSeed() {
        return "misdeed " + told;
    }

    @Override
    public String toString() {
        return told;
    }

    /// What the rule begins with. Public because the changed rule calls it.
    ///
    /// @param command in whose text the client seed stands
    public static void before(Object command) {
        var text = command.toString();
        for (var misdeed : values()) {
            if (text.contains(misdeed.clientSeed())) {
                misdeed.commit();
            }
        }
    }

    private void commit() {
        switch (this) {
            case THROWS -> throw new IllegalStateException(clientSeed());
            case HANGS -> hang();
            case EXITS -> Runtime.getRuntime().halt(EXIT_CODE);
            case EATS_MEMORY -> eat();
        }
    }

    private static void hang() {
        while (true) {
            LockSupport.parkNanos(Long.MAX_VALUE);
            Thread.interrupted();
        }
    }

    private static void eat() {
        Object[] eaten = {};
        while (true) {
            eaten = new Object[] {eaten, new byte[MEBIBYTE]};
        }
    }
}
