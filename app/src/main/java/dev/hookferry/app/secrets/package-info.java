/** Where master keys come from: a file, the environment, or a file of the server's own. */
@NullMarked
package dev.hookferry.app.secrets;

import org.jspecify.annotations.NullMarked;
