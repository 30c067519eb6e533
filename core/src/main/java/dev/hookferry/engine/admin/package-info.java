/** What users ask for: extra attempts, cancellations, further deliveries, another configuration. */
@NullMarked
package dev.hookferry.engine.admin;

import org.jspecify.annotations.NullMarked;
