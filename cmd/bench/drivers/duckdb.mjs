// node duckdb.mjs THREADS QUERY-FILE: runs the statements of a file in memory.
import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'

const [threads, file] = process.argv.slice(2)
const database = await DuckDBInstance.create(':memory:', { threads })
const connection = await database.connect()
await connection.run(readFileSync(file, 'utf8'))
