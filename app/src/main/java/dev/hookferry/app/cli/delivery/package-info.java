/** Commands about deliveries: their lists, their attempts, and retries that are watched. */
@NullMarked
package dev.hookferry.app.cli.delivery;

import org.jspecify.annotations.NullMarked;
