/** Pages about deliveries, the retry queue and replays. */
@NullMarked
package dev.hookferry.http.console.deliveries;

import org.jspecify.annotations.NullMarked;
