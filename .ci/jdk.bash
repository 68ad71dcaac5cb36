# find_jdk VERSION: prints the home of a JDK of that feature version; fails if there is none.
# Asked in this order: JDK<VERSION>_HOME, JAVA_HOME, PATH, the usual places.
find_jdk() {
  local version=$1 named="JDK${1}_HOME" hosted="JAVA_HOME_${1}_X64" on_path="" home
  if command -v javac > /dev/null; then
    on_path=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
  fi
  for home in "${!named:-}" "${JAVA_HOME:-}" "${!hosted:-}" "$on_path" \
      /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
      "$HOME"/.jdks/* "$HOME"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [[ -n $home && -x $home/bin/javac && -f $home/release ]] &&
        grep -Eq "^JAVA_VERSION=\"${version}(\.|\"|-|\+)" "$home/release"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  return 1
}
