# python.sh ROOT - to be sourced: "${python[@]}" is the Python unpacked in ROOT, with its libraries and the modules beside it.
libraries=$(printf '%s:' "$1"/usr/lib/*-linux-gnu "$1"/lib/*-linux-gnu)
python=(env "LD_LIBRARY_PATH=${libraries%:}" "PYTHONPATH=$1/usr/lib/python3/dist-packages" "$1/usr/bin/python3")
