package io.flowlog.lambda;

/**
 * Fails the invocation, so that Lambda tries the event again and then keeps it at its failure destination. The runtime
 * posts the message unchanged, so it contains only the names of objects and the failures. It has no stack trace and no
 * cause, because their messages could contain secrets.
 */
final class InvocationFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvocationFailedException(String message) {
        super(message, null, false, false);
    }
}
