package dev.rookery.knative.backing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// How long tests wait for what has to happen: a minute, because on a busy machine a real server may need far more
/// than Awaitility's ten seconds, and a test that passes waits no longer for it.
///
/// JUnit finds this by itself in every module that has it among its tests.
public final class Patience implements LauncherSessionListener {

    private static final Duration BOUND = Duration.ofMinutes(1);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(BOUND);
    }
}
