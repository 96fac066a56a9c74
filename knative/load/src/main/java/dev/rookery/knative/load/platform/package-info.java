/// Which platform of this machine is meant: [OnPlatform]; and one that nobody else uses: [OwnPlatform].
@NullMarked
package dev.rookery.knative.load.platform;

import org.jspecify.annotations.NullMarked;
