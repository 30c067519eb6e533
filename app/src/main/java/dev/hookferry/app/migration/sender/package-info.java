/** The APIs of other senders, read into import plans; nothing here writes. */
@NullMarked
package dev.hookferry.app.migration.sender;

import org.jspecify.annotations.NullMarked;
