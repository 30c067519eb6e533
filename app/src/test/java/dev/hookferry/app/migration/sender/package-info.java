/** How configurations of other senders are read. */
@NullMarked
package dev.hookferry.app.migration.sender;

import org.jspecify.annotations.NullMarked;
