/** What passes between the core of nmf4j and everything that plugs into it. Needs nothing but java.base. */
module io.github.nmf4j.api {
    exports io.github.nmf4j.api;
}
