/** Manual commands: extra attempts, cancellations, additional deliveries, a new configuration. */
@NullMarked
package dev.hookferry.engine.admin;

import org.jspecify.annotations.NullMarked;
