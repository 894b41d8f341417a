"""The file edge: what stands between four files in a folder and the arrays of the engine.

`finding` and the two `reading_*` modules say what a file holds, `checking` and `references` what is wrong with it,
`leaving_out` and `arranging` hand the rest to the engine, `writing` and `placing` bring the answer back.
`reimbursement.tables` is the door to all of it.
"""
