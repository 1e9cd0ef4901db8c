package io.flowlog.cli.shared;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Handles Ctrl-C and SIGTERM. The JDK's class {@code sun.misc.Signal} is called by reflection, because the compiler warns
 * about any other use. On a JVM without this class, a signal ends the program at once.
 */
public final class Interrupts {
    private Interrupts() {}

    /**
     * Calls an action on the first signal. A second signal ends the process with {@link ExitCode#INTERRUPTED}.
     *
     * @param first called on a thread of the JVM; it must return soon
     */
    public static void onFirst(Runnable first) {
        boolean[] seen = {false};
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                if (seen[0]) {
                    Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
                }
                seen[0] = true;
                first.run();
                yield null;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> "Interrupts";
        };
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(Interrupts.class.getClassLoader(), new Class<?>[] {signalHandler}, handler);
            for (String name : new String[] {"INT", "TERM"}) {
                Object instance = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, signalHandler).invoke(null, instance, proxy);
            }
        } catch (ReflectiveOperationException e) {
            System.getLogger(Interrupts.class.getName())
                    .log(System.Logger.Level.DEBUG, "signals end the program at once", e);
        }
    }
}
