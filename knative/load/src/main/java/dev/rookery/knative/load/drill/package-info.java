/// `./rookery drill`: what happens to money when everything goes wrong. [Campaign] tells the order of things;
/// the players are in `crowd`, what goes wrong is in `fault`, and what is looked at in the end in `verdict`.
///
/// Start with [Campaign].
@NullMarked
package dev.rookery.knative.load.drill;

import org.jspecify.annotations.NullMarked;
