/** A receiver of webhooks, for trying things out, and the check of what it got. */
@NullMarked
package dev.hookferry.app.receiver;

import org.jspecify.annotations.NullMarked;
