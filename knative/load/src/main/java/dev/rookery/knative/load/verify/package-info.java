/// `./rookery verify`: what somebody does who believes nothing. [VerifyLedger] audits a running platform's
/// ledger, [VerifyRound] plays a round again from its proof. The one package here that knows functions: a
/// verifier that had its own idea of what is hashed, or of what a round pays, would verify something else.
@NullMarked
package dev.rookery.knative.load.verify;

import org.jspecify.annotations.NullMarked;
