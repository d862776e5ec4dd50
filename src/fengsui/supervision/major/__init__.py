"""Major hazards (重大火灾隐患): determination by the standard in force."""
