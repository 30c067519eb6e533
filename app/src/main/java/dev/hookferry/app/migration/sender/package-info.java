/**
 * The APIs of other senders, read into import plans. Plans are applied to a server in {@code
 * app.migration}.
 */
@NullMarked
package dev.hookferry.app.migration.sender;

import org.jspecify.annotations.NullMarked;
