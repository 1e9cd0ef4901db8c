package io.flowlog.lambda;

/**
 * Fails the invocation, so that Lambda tries the event again and then keeps it at its failure destination. The runtime
 * posts the message unchanged, so it contains the names of objects and what is wrong, and nothing else. There is no stack
 * trace and no cause, because their messages could contain more.
 */
final class InvocationFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvocationFailedException(String message) {
        super(message, null, false, false);
    }
}
