/// Memory allocators built to be read, and the course that teaches them.
///
/// A named module on purpose: the grader runs it with native access that the learner's classes do
/// not have, and the JDK itself keeps that border.
module heapcraft {
    requires static java.compiler;
    requires static java.desktop;
    requires static java.xml;
    requires static jdk.jfr;

    uses heapcraft.alloc.GlobalAlloc;

    exports heapcraft.alloc;
    exports heapcraft.own;
    exports heapcraft.trace;
    exports heapcraft.trace.profile;
    exports heapcraft.exercise;
    exports heapcraft.view;
    exports heapcraft.grade;
    exports heapcraft.lab;
}
