package stillpoint.kernel;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;

/// Defines the classes of cells, on top of what the kernel itself sees.
final class CellLoader extends ClassLoader implements LoaderDelegate {
    private final Map<String, byte[]> declared = new ConcurrentHashMap<>();

    CellLoader(ClassLoader parent) {
        super("cells", parent);
    }

    @Override
    public void load(ClassBytecodes[] classes) throws ClassInstallException {
        var loaded = new boolean[classes.length];
        try {
            for (ClassBytecodes each : classes) declared.put(each.name(), each.bytecodes());
            for (int i = 0; i < classes.length; i++) {
                // Linking now finds what a later use would find at a worse moment.
                loadClass(classes[i].name()).getDeclaredMethods();
                loaded[i] = true;
            }
        } catch (ClassNotFoundException | LinkageError e) {
            throw new ClassInstallException("load: " + e, loaded);
        }
    }

    @Override
    public void classesRedefined(ClassBytecodes[] classes) {
        for (ClassBytecodes each : classes) declared.put(each.name(), each.bytecodes());
    }

    @Override
    public synchronized Class<?> findClass(String name) throws ClassNotFoundException {
        Class<?> known = findLoadedClass(name);
        if (known != null) return known;
        byte[] bytes = declared.get(name);
        if (bytes == null) throw new ClassNotFoundException(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    /// A class that is about to be loaded: the [Weaver] has to know who extends whom.
    void announce(ClassBytecodes coming) {
        declared.put(coming.name(), coming.bytecodes());
    }

    /// The class file of a declared class; empty for any other.
    Optional<InputStream> classFile(String name) {
        return Optional.ofNullable(declared.get(name)).map(ByteArrayInputStream::new);
    }

    @Override
    public void addToClasspath(String path) {
        throw new UnsupportedOperationException(
                path + ": the class path of the kernel is fixed when it starts");
    }
}
