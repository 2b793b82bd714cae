/// The command line: what the launcher `./stillpoint` starts once a JDK is found and everything is
/// built.
///
/// It takes words and gives an exit code ([ExitCode]). [Main] looks at the first word only and
/// makes that one command, so that `check` never loads a notebook class; each command is a class of
/// its own and calls the package that does the work. Read [Main], then [Checkout] (where things
/// are), then [Kernelspec].
@NullMarked
package stillpoint.cli;

import org.jspecify.annotations.NullMarked;
