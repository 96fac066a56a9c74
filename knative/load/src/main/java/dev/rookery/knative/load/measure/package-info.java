/// How speed is measured: [OpenLoop] asks at a steady rate whatever comes back, [ClosedLoop] asks again as soon
/// as it is answered, [RateSearch] finds the highest rate that holds. What is measured is somebody else's. Start
/// with [OpenLoop].
@NullMarked
package dev.rookery.knative.load.measure;

import org.jspecify.annotations.NullMarked;
