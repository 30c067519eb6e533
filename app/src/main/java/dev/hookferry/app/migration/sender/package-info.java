/**
 * Readers of other senders' APIs, which produce import plans. Plans are applied to a server in
 * {@code app.migration}.
 */
@NullMarked
package dev.hookferry.app.migration.sender;

import org.jspecify.annotations.NullMarked;
