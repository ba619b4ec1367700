import java.lang.foreign.*;
import java.lang.invoke.*;
import static java.lang.foreign.ValueLayout.*;
import heapcraft.alloc.*;
import heapcraft.own.*;
import heapcraft.trace.*;
import heapcraft.view.*;
import static heapcraft.lab.Notebook.*;
